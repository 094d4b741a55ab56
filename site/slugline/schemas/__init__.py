"""What front matter and settings may hold, for editors that complete and check as one types, and for content management.

front_matter.py   the keys of each kind of source, found by letting their readers read
settings.py       the settings, from their declarations
cms.py            the configuration of Sveltia CMS and Decap CMS, from the same keys
files.py          all of it as files of a publication
"""
