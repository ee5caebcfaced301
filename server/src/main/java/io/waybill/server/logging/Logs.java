package io.waybill.server.logging;

import io.waybill.server.config.Configuration;
import io.waybill.server.config.ProcessSetting;
import io.waybill.server.config.StartupFailure;
import java.io.Console;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sets logging up, before the first line is logged. */
public final class Logs {
  private Logs() {}

  /**
   * Begins to log as configured.
   *
   * @param level when none is configured
   */
  public static void begin(Configuration configuration, String level) {
    System.setProperty("waybill.log.format", format(configuration));
    System.setProperty(
        "waybill.log.level",
        configuration.isConfigured(ProcessSetting.LOG_LEVEL)
            ? configuration.text(ProcessSetting.LOG_LEVEL)
            : level);
    LoggerFactory.getLogger(Logs.class).debug("logging has begun");
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  private static String format(Configuration configuration) {
    return switch (configuration.text(ProcessSetting.LOG_FORMAT)) {
      case "json" -> "json";
      case "plain" -> "plain";
      case "auto" -> isAttended() ? "plain" : "json";
      default ->
          throw new StartupFailure(
              ProcessSetting.LOG_FORMAT.variable() + " must be json, plain or auto");
    };
  }

  private static boolean isAttended() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }
}
