"""The clip tray beside the film: clips to teach from, their order and all that is said of them."""
