package io.waybill.allinone.stack;

import io.waybill.server.config.Configuration;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.Setting;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What shall run, and where.
 *
 * @param folder everything that survives a restart lives below it
 * @param services the parts wanted; one whose address is configured is not started all the same
 */
public record StackPlan(
    Path folder, Set<Service> services, Ports ports, Configuration configuration) {

  public StackPlan {
    services = Set.copyOf(services);
  }

  /** The configuration with which others would reach a stack that somebody else runs like this. */
  public Configuration expected() {
    Map<Setting, String> ports = new HashMap<>();
    ports.put(HttpSetting.PORT, "" + this.ports.http());
    if (!configuration.isConfigured(MqttSetting.HOST)) {
      ports.put(MqttSetting.PORT, "" + this.ports.mqtt());
    }
    return configuration.with(ports);
  }

  /** Loopback ports; 0 takes any free one. */
  public record Ports(int postgres, int storage, int mqtt, int http, int gateway) {}
}
