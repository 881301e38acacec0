"""Figures for print, each drawn from one table that holds every number in it."""
