"""Pictures: each is plain data with a Vega-Lite specification made by Altair."""
