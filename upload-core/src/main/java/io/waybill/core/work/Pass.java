package io.waybill.core.work;

/**
 * What one round of background work did.
 *
 * @param items how many things it took up
 * @param more whether there may be more to take up at once
 */
public record Pass(int items, boolean more) {

  /** A batch: when it was full there may be more. */
  public static Pass of(int items, int batch) {
    return new Pass(items, items == batch);
  }

  /** Everything that there was. */
  public static Pass whole(int items) {
    return new Pass(items, false);
  }
}
