package io.waybill.server.broker;

import io.waybill.core.device.BrokerAccount;
import io.waybill.core.device.BrokerPassword;
import io.waybill.wire.TopicRights;
import io.waybill.wire.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The password file and the access list of Mosquitto, with every topic written out. */
public final class MosquittoFiles {
  private static final String PASSWORDS = "passwords";
  private static final String ACL = "acl";

  private final TopicRights rights;
  private final Path folder;
  private final List<Named> named;

  /**
   * In this folder.
   *
   * @param folder that the broker's user may enter
   * @param named who has a name and is no device
   */
  public MosquittoFiles(Topics topics, Path folder, List<Named> named) {
    this.rights = new TopicRights(topics);
    this.folder = folder;
    this.named = List.copyOf(named);
  }

  /**
   * Who is no device.
   *
   * @param isGateway false for who has no rights by the access list
   */
  public record Named(String name, String hash, boolean isGateway) {

    /** Salted anew each time. */
    public static Named of(String name, String password, boolean isGateway) {
      if (!name.matches("[A-Za-z0-9._-]{1,128}")) {
        throw new IllegalArgumentException(
            "a user is letters, digits, dots, dashes and underscores, not " + name);
      }
      if (password.isEmpty()) {
        throw new IllegalArgumentException("the password of " + name + " is empty");
      }
      return new Named(name, BrokerPassword.hashOf(password), isGateway);
    }
  }

  /**
   * What was written.
   *
   * @param leftOut devices of which no hash is kept: their credentials are older than that
   * @param firstLeftOut one of them
   * @param isNew false when both files were like this before
   */
  public record Written(int devices, int leftOut, @Nullable UUID firstLeftOut, boolean isNew) {
    private static final Written NOTHING = new Written(0, 0, null, false);

    private Written and(BrokerAccount account) {
      return account.passwordHash() != null
          ? new Written(devices + 1, leftOut, firstLeftOut, isNew)
          : new Written(
              devices,
              leftOut + 1,
              firstLeftOut == null ? account.deviceId() : firstLeftOut,
              isNew);
    }
  }

  /**
   * Replaces both files, each at once; nothing is changed when it fails before.
   *
   * @param accounts tells every device that may be let in
   * @param leavesOut false to change nothing where devices would be left out
   */
  public Written write(Consumer<Consumer<BrokerAccount>> accounts, boolean leavesOut)
      throws IOException {
    Files.createDirectories(folder);
    try (SecretFile passwords = SecretFile.replacing(folder, PASSWORDS);
        SecretFile acl = SecretFile.replacing(folder, ACL)) {
      Pair files = new Pair(passwords, acl);
      for (Named one : named) {
        files.user(one.name(), one.hash());
        if (one.isGateway()) {
          files.rights(rights.gatewayPublishes(), rights.gatewaySubscribes());
        }
      }
      Written[] written = {Written.NOTHING};
      accounts.accept(account -> written[0] = written[0].and(add(files, account)));
      if (written[0].leftOut() > 0 && !leavesOut) {
        return written[0];
      }
      boolean hasNewRights = acl.keep();
      boolean hasNewPasswords = passwords.keep();
      return new Written(
          written[0].devices(),
          written[0].leftOut(),
          written[0].firstLeftOut(),
          hasNewRights || hasNewPasswords);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private BrokerAccount add(Pair files, BrokerAccount account) {
    if (account.passwordHash() != null) {
      Topics.Owner owner = new Topics.Owner(account.tenantId(), account.deviceId());
      try {
        files.user(account.deviceId().toString(), account.passwordHash());
        files.rights(rights.devicePublishes(owner), rights.deviceSubscribes(owner));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return account;
  }

  /** What belongs together. */
  private record Pair(SecretFile passwords, SecretFile acl) {
    void user(String name, String hash) throws IOException {
      passwords.line(name + ":" + hash);
      acl.line("user " + name);
    }

    void rights(List<String> publishes, List<String> subscribes) throws IOException {
      for (String topic : publishes) {
        acl.line("topic write " + topic);
      }
      for (String filter : subscribes) {
        acl.line("topic read " + filter);
      }
    }
  }
}
