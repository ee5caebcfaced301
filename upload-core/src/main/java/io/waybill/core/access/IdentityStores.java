package io.waybill.core.access;

/** The stores of who calls, and of what they may do. */
public interface IdentityStores {

  IdentityStore identities();

  ApiKeyStore apiKeys();

  GrantStore grants();

  ResourceStore resources();
}
