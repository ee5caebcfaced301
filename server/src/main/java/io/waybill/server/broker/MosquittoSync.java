package io.waybill.server.broker;

import io.waybill.core.device.BrokerAccount;
import io.waybill.gateway.GatewaySettings;
import io.waybill.wire.TopicRights;
import io.waybill.wire.Topics;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a Mosquitto with dynamic security as the registry says: passwords in its file, because the
 * registry knows their hashes alone; rights in the plugin, which refuses a SUBSCRIBE and
 * disconnects whoever is deleted. Every round may be repeated, and mends what others have changed.
 */
public final class MosquittoSync {
  private static final long RELOAD_SECONDS = 30;

  private final MosquittoFiles files;
  private final GatewaySettings.Broker broker;
  private final TopicRights rights;
  private final Map<String, Set<Right>> gateways;
  private final String reload;
  private boolean isReloadDue = true;

  /**
   * One broker.
   *
   * @param broker with the name and the password of whom the plugin obeys
   * @param reload the shell command that has the broker read its files again
   */
  public MosquittoSync(
      MosquittoFiles files, GatewaySettings.Broker broker, Gateways gateways, String reload) {
    this.files = files;
    this.broker = broker;
    this.rights = new TopicRights(gateways.topics());
    this.reload = reload;
    this.gateways = new HashMap<>();
    for (String name : gateways.names()) {
      this.gateways.put(name, Right.ofGateway(rights, gateways.shareGroup()));
    }
  }

  /**
   * The gateways, and how they listen.
   *
   * @param shareGroup null where they subscribe plainly
   */
  public record Gateways(List<String> names, Topics topics, @Nullable String shareGroup) {
    public Gateways {
      names = List.copyOf(names);
    }
  }

  /**
   * What a round has done.
   *
   * @param orders that the plugin was given; 0 when it was as it should be
   */
  public record Round(MosquittoFiles.Written written, int orders) {}

  /**
   * Brings both up to date: rights first, so that whoever is let in has them. Where the plugin
   * cannot be told, the file is written all the same: its user may not be in there yet.
   *
   * @param accounts the devices of one moment
   */
  public Round round(List<BrokerAccount> accounts) throws IOException, InterruptedException {
    Map<String, Set<Right>> wanted = new HashMap<>(gateways);
    for (BrokerAccount account : accounts) {
      Topics.Owner owner = new Topics.Owner(account.tenantId(), account.deviceId());
      wanted.put(account.deviceId().toString(), Right.ofDevice(rights, owner));
    }
    int orders;
    try {
      orders = tell(wanted);
    } catch (IOException e) {
      MosquittoFiles.Written _ = write(accounts);
      throw e;
    }
    return new Round(write(accounts), orders);
  }

  private int tell(Map<String, Set<Right>> wanted) throws IOException, InterruptedException {
    try (DynamicSecurity plugin = DynamicSecurity.open(broker)) {
      List<Map<String, Object>> orders =
          Reconciliation.of(wanted, plugin.defaults(), plugin.roles(), plugin.clients());
      plugin.obey(orders);
      return orders.size();
    }
  }

  private MosquittoFiles.Written write(List<BrokerAccount> accounts)
      throws IOException, InterruptedException {
    MosquittoFiles.Written written = files.write(accounts::forEach, true);
    isReloadDue |= written.isNew();
    if (isReloadDue) {
      readAgain();
      isReloadDue = false;
    }
    return written;
  }

  private void readAgain() throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("/bin/sh", "-c", reload).inheritIO().start();
    if (!shell.waitFor(RELOAD_SECONDS, TimeUnit.SECONDS)) {
      shell.destroyForcibly();
      throw new IOException("it does not end: " + reload);
    }
    if (shell.exitValue() != 0) {
      throw new IOException("it fails with " + shell.exitValue() + ": " + reload);
    }
  }
}
