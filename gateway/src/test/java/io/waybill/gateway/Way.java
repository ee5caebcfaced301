package io.waybill.gateway;

import io.waybill.wire.Topics.Owner;

/** A protocol and a transport: how a device comes to a broker. Each has a device of its own. */
enum Way {
  THREE_PLAIN(0x40, false, Transport.PLAIN),
  THREE_TLS(0x41, false, Transport.TLS),
  THREE_MUTUAL(0x42, false, Transport.MUTUAL),
  FIVE_PLAIN(0x43, true, Transport.PLAIN),
  FIVE_TLS(0x44, true, Transport.TLS),
  FIVE_MUTUAL(0x45, true, Transport.MUTUAL);

  /** How bytes travel, and what says who sends them. */
  enum Transport {
    /** A password, in the clear. */
    PLAIN,
    /** A password, over TLS. */
    TLS,
    /** A certificate, over TLS. */
    MUTUAL
  }

  static final String PASSWORD = "as good as any";

  private final int device;

  /** MQTT 5, or else 3.1.1. */
  final boolean isFive;

  final Transport transport;

  Way(int device, boolean isFive, Transport transport) {
    this.device = device;
    this.isFive = isFive;
    this.transport = transport;
  }

  Owner owner() {
    return new Owner(Plant.TENANT, Plant.id(device));
  }

  /** Its device as brokers know it. */
  String user() {
    return owner().deviceId().toString();
  }

  @Override
  public String toString() {
    return (isFive ? "MQTT 5, " : "MQTT 3.1.1, ") + transport;
  }
}
