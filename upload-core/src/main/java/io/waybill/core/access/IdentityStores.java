package io.waybill.core.access;

/** The stores that access touches. */
public interface IdentityStores {

  IdentityStore identities();
}
