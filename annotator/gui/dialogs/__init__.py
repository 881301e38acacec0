"""The questions the program asks and the pages it shows in windows of their own."""
