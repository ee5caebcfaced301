package io.waybill.server.wiring;

import io.waybill.postgres.DevelopmentSeed;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.GatewaySetting;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.config.ProcessSetting;
import io.waybill.server.config.Setting;
import io.waybill.server.config.StartupFailure;
import io.waybill.server.config.StorageSetting;
import io.waybill.server.config.WorkerSetting;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Loads identities whose secrets everybody knows, and only where nobody else can use them. */
public final class DevelopmentSeeding {
  private static final List<Setting> LISTENERS =
      List.of(HttpSetting.HOST, GatewaySetting.HTTP_HOST, WorkerSetting.HTTP_HOST);

  private DevelopmentSeeding() {}

  /** Loads the seed, or refuses with the reason. */
  public static void load(Configuration configuration) {
    requireHarmless(configuration);
    DevelopmentSeed.load(
        ConfiguredDatabase.of(configuration), configuration.text(StorageSetting.BUCKET));
  }

  static void requireHarmless(Configuration configuration) {
    if (configuration.text(ProcessSetting.ENVIRONMENT).equals("production")) {
      throw new StartupFailure(
          "the development seed is never loaded into production (WAYBILL_ENVIRONMENT):"
              + " its secrets are published");
    }
    if (configuration.flag(ProcessSetting.ALLOW_DEVELOPMENT_SEED)) {
      return;
    }
    for (Setting listener : LISTENERS) {
      if (!isLoopback(configuration.text(listener))) {
        throw new StartupFailure(
            ("the development seed is not loaded while %s listens beyond this machine: its secrets"
                    + " are published. Listen on 127.0.0.1, or set"
                    + " WAYBILL_ALLOW_DEVELOPMENT_SEED=true if nobody else can reach it")
                .formatted(listener.variable()));
      }
    }
  }

  private static boolean isLoopback(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
