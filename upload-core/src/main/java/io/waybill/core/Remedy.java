package io.waybill.core;

/** What a client can do about a refusal. */
public enum Remedy {
  /** This request will never succeed. */
  GIVE_UP,
  /** Another request will. */
  FIX_REQUEST,
  /** The same request will, later. */
  RETRY_LATER
}
