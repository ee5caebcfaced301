package io.waybill.controlapi.edge;

/**
 * On which terms a route answers: what the pages say of it.
 *
 * @param okStatus of an answer that is no refusal
 * @param isRemembered whether calls with the same {@code Idempotency-Key} have one effect and one
 *     answer
 */
public record Terms(Needs needs, int okStatus, boolean isRemembered) {

  /** Open to everybody: probes and pages. */
  public static final Terms OPEN = new Terms(new Needs.Nothing(), 200, false);
}
