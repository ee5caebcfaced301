package io.waybill.oidc;

import io.waybill.core.ErrorCode;
import io.waybill.core.Verdict;

/** What is said of tokens that are not believed: never anything that stands in them. */
final class Tokens {

  private Tokens() {}

  static <T> Verdict<T> invalid(String why) {
    return Verdict.refused(ErrorCode.AUTH_API_KEY_INVALID, "the token is not valid here: " + why);
  }

  static <T> Verdict<T> expired() {
    return Verdict.refused(
        ErrorCode.AUTH_API_KEY_EXPIRED, "the token has expired; sign in again for a new one");
  }
}
