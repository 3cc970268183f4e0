"""The analysts' web pages: the queue of rings, and one ring from all sides."""
