package io.waybill.simulator;

/** On which road the robots of a life reach us. */
public enum Way {
  /** Straight to the use cases. */
  STRAIGHT,
  MQTT,
  HTTP;

  /** One life in so many takes each of the doors; the rest leaves them out, which is faster. */
  private static final int ONE_IN = 16;

  static Way drawn(Dice dice) {
    return switch (dice.below(ONE_IN)) {
      case ONE_IN - 2 -> MQTT;
      case ONE_IN - 1 -> HTTP;
      default -> STRAIGHT;
    };
  }

  Road of(Life life, Site.Known device) {
    return switch (this) {
      case MQTT -> new MqttRoad(life.broker, device.owner());
      case HTTP -> new HttpRoad(life, device.secret());
      case STRAIGHT -> new StraightRoad(life, device.caller());
    };
  }

  /** Over MQTT there are no people. */
  Road ofPeople(Life life, Site.Known person) {
    return (this == HTTP ? HTTP : STRAIGHT).of(life, person);
  }
}
