package io.waybill.agent.transfer;

/**
 * How many parts may be under way at once. It grows for as long as growing pays, goes back one step
 * when it did not, and halves when the network or the store complains.
 */
public final class Width {

  public static final int MOST = 64;
  private static final double PAYS = 1.1;

  /** After growing has not paid, this many windows pass before it is tried again. */
  private static final int PATIENCE = 10;

  private int width;
  private int widthBefore;
  private double rateBefore;
  private int waiting;

  public Width(int start) {
    if (start < 1 || start > MOST) {
      throw new IllegalArgumentException("connections: 1 to " + MOST + ", not " + start);
    }
    this.width = start;
    this.widthBefore = start;
  }

  public int now() {
    return width;
  }

  /** A window of time has passed in which all of the width was in use. */
  public void measured(double bytesPerSecond) {
    if (waiting > 0) {
      waiting--;
    } else if (width > widthBefore && bytesPerSecond < rateBefore * PAYS) {
      width = widthBefore;
      waiting = PATIENCE;
    } else {
      widthBefore = width;
      rateBefore = bytesPerSecond;
      width = Math.min(MOST, width + Math.max(1, width / 4));
    }
  }

  public void complained() {
    width = Math.max(1, width / 2);
    widthBefore = width;
    rateBefore = 0;
    waiting = PATIENCE / 2;
  }
}
