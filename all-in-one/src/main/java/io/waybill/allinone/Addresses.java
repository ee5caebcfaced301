package io.waybill.allinone;

import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.allinone.stack.Service;
import io.waybill.allinone.stack.Stack;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.GatewaySetting;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.Setting;
import io.waybill.server.config.StorageSetting;
import java.util.ArrayList;
import java.util.List;

/** The block that {@code up} prints: where everything is and who may use it. */
final class Addresses {
  private final Configuration configuration;
  private final List<String> lines = new ArrayList<>();

  private Addresses(Configuration configuration) {
    this.configuration = configuration;
  }

  static List<String> of(Stack stack) {
    Addresses block = new Addresses(stack.configuration());
    block.lines.add("");
    if (stack.runs(Service.CONTROL_API)) {
      block.api();
    }
    block.broker();
    block.storage();
    block.database();
    if (stack.runs(Service.GATEWAY)) {
      block.line(
          "Gateway",
          "http://" + block.at(GatewaySetting.HTTP_HOST, GatewaySetting.HTTP_PORT),
          "/readyz, /metrics");
    }
    block.line("Project", DevelopmentIdentities.PROJECT.toString(), "robotics-line-3");
    block.lines.add("");
    return List.copyOf(block.lines);
  }

  private void api() {
    line(
        "Console",
        "http://" + at(HttpSetting.HOST, HttpSetting.PORT) + "/",
        "open it in a browser");
    line(
        "API",
        "http://" + at(HttpSetting.HOST, HttpSetting.PORT),
        "key " + DevelopmentIdentities.API_KEY);
    line("", "", "key " + DevelopmentIdentities.VIEWER_API_KEY + " (views only)");
  }

  private void broker() {
    String scheme = configuration.flag(MqttSetting.TLS) ? "mqtts://" : "mqtt://";
    line(
        "MQTT",
        scheme + at(MqttSetting.HOST, MqttSetting.PORT),
        "robot-17: user "
            + DevelopmentIdentities.ROBOT_17
            + " password "
            + DevelopmentIdentities.ROBOT_17_CREDENTIAL);
    line(
        "",
        "",
        "robot-18: user "
            + DevelopmentIdentities.ROBOT_18
            + " password "
            + DevelopmentIdentities.ROBOT_18_CREDENTIAL);
  }

  private void storage() {
    line(
        "S3",
        configuration.text(StorageSetting.ENDPOINT),
        "bucket "
            + configuration.text(StorageSetting.BUCKET)
            + secret(StorageSetting.ACCESS_KEY, " key ")
            + secret(StorageSetting.SECRET_KEY, " secret "));
  }

  private void database() {
    line(
        "PostgreSQL",
        configuration
            .text(DatabaseSetting.URL)
            .replaceFirst("^jdbc:", "")
            .replaceFirst("\\?.*", ""),
        "user "
            + configuration.text(DatabaseSetting.USER)
            + secret(DatabaseSetting.PASSWORD, " password "));
  }

  /** Only what is published anyway is printed: a value that somebody configured is theirs. */
  private String secret(Setting setting, String label) {
    return configuration.isConfigured(setting) ? "" : label + setting.standard();
  }

  private String at(Setting host, Setting port) {
    return configuration.text(host) + ":" + configuration.text(port);
  }

  private void line(String what, String where, String who) {
    lines.add("  %-11s %-46s %s".formatted(what, where, who).stripTrailing());
  }
}
