package io.waybill.allinone.stack;

import io.waybill.allinone.embedded.DeviceDirectory;
import io.waybill.allinone.embedded.EmbeddedBroker;
import io.waybill.allinone.embedded.EmbeddedPostgres;
import io.waybill.allinone.embedded.EmbeddedStore;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.Port;
import io.waybill.server.config.Setting;
import io.waybill.server.config.StorageSetting;
import java.util.Map;
import java.util.regex.Pattern;

/** The embedded parts of a plan, with the names and secrets that its configuration gives them. */
record Parts(StackPlan plan) {

  EmbeddedPostgres.Settings postgres() {
    return new EmbeddedPostgres.Settings(
        plan.folder().resolve("postgres").toAbsolutePath(),
        new Port(plan.ports().postgres(), "PostgreSQL", "--postgres-port"),
        text(DatabaseSetting.USER),
        text(DatabaseSetting.PASSWORD),
        "waybill");
  }

  /** Whom the services work as; empty when that is the owner of the database. */
  String serviceRole(boolean isEmbedded) {
    return isEmbedded ? postgres().serviceUser() : text(DatabaseSetting.SERVICE_USER);
  }

  /** In the embedded database the services are not its owner. */
  Configuration ofServices(Configuration found, boolean isEmbedded) {
    return isEmbedded ? found.with(Map.of(DatabaseSetting.USER, postgres().serviceUser())) : found;
  }

  EmbeddedStore.Settings storage() {
    return new EmbeddedStore.Settings(
        plan.folder().resolve("storage").toAbsolutePath(),
        new Port(plan.ports().storage(), "object storage", "--storage-port"),
        text(StorageSetting.ACCESS_KEY),
        text(StorageSetting.SECRET_KEY),
        text(StorageSetting.BUCKET),
        plan.configuration().list(HttpSetting.CORS_ORIGINS).stream().map(Parts::pattern).toList());
  }

  EmbeddedBroker.Settings broker(DeviceDirectory devices) {
    return new EmbeddedBroker.Settings(
        plan.folder().resolve("broker").toAbsolutePath(),
        new Port(plan.ports().mqtt(), "MQTT", "--mqtt-port"),
        text(MqttSetting.TOPIC_PREFIX),
        text(MqttSetting.USERNAME),
        text(MqttSetting.PASSWORD),
        devices);
  }

  /** The store wants patterns; {@code *} is the one origin that is none. */
  private static String pattern(String origin) {
    return origin.equals("*") ? ".*" : Pattern.quote(origin);
  }

  private String text(Setting setting) {
    return plan.configuration().text(setting);
  }
}
