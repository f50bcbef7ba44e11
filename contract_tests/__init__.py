"""What the service promises, tested from outside: over HTTP alone, against this emulator or any other target.

pytest contract_tests                                   starts an emulator of its own
pytest contract_tests --target http://127.0.0.1:8390    a running one
pytest contract_tests --target https://...              a real service; PATSNAP_CLIENT_ID, PATSNAP_CLIENT_SECRET
                                                        and PATSNAP_API_KEY come from the environment
"""
