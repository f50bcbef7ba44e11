"""A trust store for Java, which reads no PEM: the one certificate of an authority, in the form of PKCS12.

Knows nothing of who made the authority.
"""

from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12Certificate, serialize_java_truststore

PASSWORD = "changeit"  # Java's own; it guards nothing, for the store holds no secret
_NAME = b"patsnap-emulator"


def java_store(authority: bytes) -> bytes:
    """The trust store for a certificate in PEM."""
    certificate = PKCS12Certificate(x509.load_pem_x509_certificate(authority), _NAME)
    return serialize_java_truststore([certificate], BestAvailableEncryption(PASSWORD.encode()))
