"""An analysis as a file that a person sends on. Its files compute: no database, no network, nothing kept between two
calls. What is exported is what was read; a file never says less than its source without saying so.
"""
