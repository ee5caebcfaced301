package io.waybill.hivemq;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What HiveMQ starts: asks control-api about devices, and denies whatever nobody has allowed. */
public final class WaybillExtension implements ExtensionMain {
  private static final Logger LOG = LoggerFactory.getLogger(WaybillExtension.class);
  private static final int THREADS = 16;
  private static final int MOST_WAITING = 10_000;

  private final ExecutorService askers = pool("waybill-asks", MOST_WAITING);

  /** One round at a time: as much waits as there are guests. */
  private final ExecutorService roundAskers = pool("waybill-round", Integer.MAX_VALUE);

  /** A broker whose extension does not start lets nobody in: that is HiveMQ's own default. */
  @Override
  public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
    var home = input.getExtensionInformation().getExtensionHomeFolder().toPath();
    try {
      ExtensionSettings settings = ExtensionSettings.read(home.resolve("waybill.properties"));
      start(settings);
      LOG.info("devices are asked for at {}", settings.controlApi());
    } catch (IOException e) {
      output.preventExtensionStartup(
          "waybill.properties, or a file that it names, cannot be read by HiveMQ's user: " + e);
    } catch (IllegalArgumentException e) {
      output.preventExtensionStartup("waybill.properties cannot be used: " + e.getMessage());
    }
  }

  private void start(ExtensionSettings settings) {
    ControlApi api = new ControlApi(settings.controlApi(), settings.secret());
    // which topics a device may use is asked when it uses them
    Devices devices =
        visitor ->
            visitor.mayBeDevice() && api.mayConnect(visitor)
                ? Optional.of(List.of())
                : Optional.empty();
    new Doorkeeper(settings.gateways(), devices, askers, roundAskers, settings.period())
        .start(
            new AskedTopics(settings.gateways(), api, askers, new AllowedUses(settings.memory())));
  }

  @Override
  public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
    askers.shutdownNow();
    roundAskers.shutdownNow();
  }

  private static ExecutorService pool(String name, int mostWaiting) {
    AtomicInteger threads = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(mostWaiting),
            task -> {
              Thread thread = new Thread(task, name + "-" + threads.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
