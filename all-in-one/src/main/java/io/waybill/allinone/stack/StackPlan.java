package io.waybill.allinone.stack;

import io.waybill.server.config.Configuration;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.Setting;
import io.waybill.server.config.StorageSetting;
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

  /** Whether a part is wanted and nobody has configured another one in its place. */
  boolean starts(Service service) {
    boolean elsewhere =
        switch (service) {
          case POSTGRES -> configuration.isConfigured(DatabaseSetting.URL);
          case STORAGE -> configuration.isConfigured(StorageSetting.ENDPOINT);
          case BROKER -> configuration.isConfigured(MqttSetting.HOST);
          case CONTROL_API, GATEWAY -> false;
        };
    return services.contains(service) && !elsewhere;
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
