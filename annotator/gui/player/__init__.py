"""The film on screen: the engine that plays it, the picture, and the bar of buttons."""
