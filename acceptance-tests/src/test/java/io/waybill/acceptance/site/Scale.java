package io.waybill.acceptance.site;

/** How much of a good thing: {@code WAYBILL_TEST_SCALE} times as much, 1 when not given. */
public final class Scale {
  private static final String GIVEN = System.getenv().getOrDefault("WAYBILL_TEST_SCALE", "1");

  private Scale() {}

  /** So many at scale 1. */
  public static int times(int number) {
    return number * Integer.parseInt(GIVEN.isBlank() ? "1" : GIVEN.strip());
  }
}
