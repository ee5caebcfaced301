package io.waybill.core.member;

import io.waybill.core.access.usecase.AccessUseCases.AccessStores;

/** The stores that members touch. */
public interface MemberStores extends AccessStores {

  MemberStore members();
}
