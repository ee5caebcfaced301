package io.waybill.core.access;

/** The stores of who calls. */
public interface IdentityStores {

  IdentityStore identities();

  ApiKeyStore apiKeys();
}
