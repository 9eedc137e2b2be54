"""What of a page is shown."""

import pypdfium2 as pdfium
import pypdfium2.raw as pdf


def shown_area(page: pdfium.PdfPage) -> tuple[float, float, float, float]:
    """(left, bottom, right, top) in points; the page's own, or what it inherits, which pypdfium2 does not see."""
    rect = pdf.FS_RECTF()
    if pdf.FPDF_GetPageBoundingBox(page.raw, rect):
        return rect.left, rect.bottom, rect.right, rect.top
    left, bottom, right, top = page.get_cropbox()
    return left, bottom, right, top
