"""The casebook: what analysts say of rings, who works on what, and every change that was ever made to it."""
