package io.waybill.allinone.fleet;

import java.util.Locale;

/**
 * A kind of machine, and which of them it is.
 *
 * @param number from 1
 */
record MachineKind(Trade trade, int number) {

  /** What there is in a hall; each sends as fast as its network lets it. */
  enum Trade {
    WELD("Weld cell", "seam", 600),
    PALLETISER("Palletiser", "joints", 1200),
    INSPECTION("Inspection cell", "camera", 2500),
    AGV("AGV", "lidar", 300);

    private final String name;
    private final String records;
    private final int kilobytesPerSecond;

    Trade(String name, String records, int kilobytesPerSecond) {
      this.name = name;
      this.records = records;
      this.kilobytesPerSecond = kilobytesPerSecond;
    }
  }

  /** The n-th machine of a hall, from 0. */
  static MachineKind of(int n) {
    Trade[] trades = Trade.values();
    return new MachineKind(trades[n % trades.length], n / trades.length + 1);
  }

  String name() {
    return trade.name + " " + number;
  }

  String code() {
    return "sim-%s-%d".formatted(trade.toString().toLowerCase(Locale.ROOT), number);
  }

  String records() {
    return trade.records;
  }

  int kilobytesPerSecond() {
    return trade.kilobytesPerSecond;
  }
}
