"""The catalogue of postings: what harvests, imports and people write, and what clients search.

Each file takes a session first and commits nothing. `writing` is the one way in for postings of boards, `own` for a
person's; `groups` says which adverts are one opening, `closing` which are over.
"""

from services.postings.closing import close_expired as close_expired
from services.postings.closing import close_gone as close_gone
from services.postings.closing import close_unseen as close_unseen
from services.postings.closing import missing as missing
from services.postings.reading import get_public as get_public
from services.postings.reading import get_visible as get_visible
from services.postings.searching import PostingFilter as PostingFilter
from services.postings.searching import search as search
from services.postings.vectors import Unembedded as Unembedded
from services.postings.vectors import save_embeddings as save_embeddings
from services.postings.vectors import unembedded as unembedded
from services.postings.writing import Upserted as Upserted
from services.postings.writing import refresh_statistics as refresh_statistics
from services.postings.writing import upsert as upsert
