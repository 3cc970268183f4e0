"""How unlike a normal customer somebody is, without a word of anybody's on who is a fraudster."""
