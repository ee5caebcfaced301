package io.waybill.core.member;

/** Only an ACTIVE member has what the role gives. */
public enum MemberStatus {
  ACTIVE,
  DISABLED
}
