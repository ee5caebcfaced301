package io.waybill.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Numbers that are whole, however they are written: controllers know floating point only, and write
 * {@code 1.1569e7} or {@code 11569000.0}.
 */
final class WholeNumber {

  private WholeNumber() {}

  /** Empty for what is no number, has a fraction, or has more digits than any number here. */
  static Optional<BigInteger> of(@Nullable JsonNode node) {
    if (node == null || !node.isNumber()) {
      return Optional.empty();
    }
    if (node.isIntegralNumber()) {
      return Optional.of(node.bigIntegerValue());
    }
    BigDecimal number = node.decimalValue().stripTrailingZeros();
    return number.scale() <= 0 && isWritable(number)
        ? Optional.of(number.toBigIntegerExact())
        : Optional.empty();
  }

  /** Whether a number has a fraction; one that is too long to be written out has none. */
  static boolean isWhole(JsonNode node) {
    return node.isIntegralNumber()
        || (node.isNumber() && node.decimalValue().stripTrailingZeros().scale() <= 0);
  }

  private static boolean isWritable(BigDecimal number) {
    return (long) number.precision() - number.scale() <= WireLimits.NUMBER_DIGITS;
  }
}
