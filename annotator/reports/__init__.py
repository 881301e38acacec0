"""Tables and figures for print, from results that were computed elsewhere."""
