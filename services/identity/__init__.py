"""Who somebody is: passwords, tokens, codes, second factors, and the providers that prove them.

Files here know no door and no HTTP. What the rest of the platform asks of identity most, reading and issuing access
tokens, is at hand from the package itself; everything else is imported from its own file. See decision 0010 for why a
provider opens its own transactions.
"""

from services.identity.passwords import Passwords as Passwords
from services.identity.passwords import passwords as passwords
from services.identity.tokens import AccessClaims as AccessClaims
from services.identity.tokens import invalid_token as invalid_token
from services.identity.tokens import issue_access_token as issue_access_token
from services.identity.tokens import read_access_token as read_access_token
