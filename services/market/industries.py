"""Lines of business, told by the skills and tags of a posting. A posting may belong to several, or to none."""

NAMED_BY: dict[str, tuple[str, ...]] = {
    "Automotive": ("automotive industry", "automotive", "mobility"),
    "Aerospace and defence": ("aerospace", "defence", "defense", "space"),
    "Construction": ("construction", "architecture", "civil engineering"),
    "Consumer goods": ("fmcg", "consumer goods", "fashion"),
    "Education": ("education", "edtech", "teaching", "e-learning"),
    "Energy": ("energy", "renewable energy", "oil and gas", "cleantech", "climate"),
    "Finance": ("finance", "financial services", "banking", "fintech", "insurance", "accounting", "trading"),
    "Games": ("games", "gaming", "game development", "video games"),
    "Government": ("government", "public sector", "politics"),
    "Healthcare": ("healthcare", "health care", "health", "medical", "nursing", "patient care", "medtech", "biotech"),
    "Hospitality": ("hospitality", "restaurant", "travel", "tourism", "hotel management"),
    "Logistics": ("logistics", "supply chain management", "supply chain", "transportation", "warehousing"),
    "Manufacturing": ("manufacturing", "lean manufacturing", "production"),
    "Marketing and media": ("marketing", "digital marketing", "advertising", "media", "journalism", "publishing"),
    "Real estate": ("real estate", "property management"),
    "Retail": ("retail", "e-commerce", "ecommerce", "merchandising"),
    "Security": ("cybersecurity", "information security", "infosec", "security"),
    "Software": ("saas", "software", "software development", "dev", "developer", "web dev"),
    "Telecommunications": ("telecommunications", "telecom", "5g"),
    "Web3": ("crypto", "blockchain", "web3", "defi", "cryptocurrency"),
}
