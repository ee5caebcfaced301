package io.waybill.controlapi.broker;

import io.waybill.wire.Topics;

/**
 * Whom brokers may ask about, and who they are.
 *
 * @param secret what a broker shows with each question
 * @param gatewayUser the user of gateways, alone or followed by a dash and more
 * @param gatewayPassword of all of them
 * @param topics under which prefix everything happens
 */
public record BrokerSettings(
    String secret, String gatewayUser, String gatewayPassword, Topics topics) {
  @Override
  public String toString() {
    return "BrokerSettings[" + gatewayUser + ", " + topics.prefix() + "]";
  }
}
