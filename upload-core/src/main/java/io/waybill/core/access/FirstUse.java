package io.waybill.core.access;

import org.jspecify.annotations.Nullable;

/** Hears of a device that was never seen before, or that shows a credential for the first time. */
@FunctionalInterface
public interface FirstUse {

  /** Nobody is let in who was not in before. */
  FirstUse REFUSED = (device, sha256) -> false;

  /**
   * Lets it in from now on.
   *
   * @param sha256 of the credential that it has shown, in lower-case hex; null when somebody else
   *     has seen it
   * @return false when it may not come in after all
   */
  boolean of(Identity device, @Nullable String sha256);
}
