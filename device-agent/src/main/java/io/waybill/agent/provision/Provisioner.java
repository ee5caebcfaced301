package io.waybill.agent.provision;

import static io.waybill.agent.provision.ConfigText.quoted;

import io.waybill.agent.config.Given;
import io.waybill.agent.config.Key;
import io.waybill.agent.config.Settings;
import io.waybill.agent.credential.Credentials;
import io.waybill.agent.local.DurableFile;
import io.waybill.agent.local.LocalPath;
import io.waybill.wire.Provisioning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes down what a machine was told. Its queue, and what people wrote, stay as they are. */
public final class Provisioner {

  private final Provisioning told;
  private final List<String> roots;

  /**
   * @param moreRoots directories beside those that were told
   */
  public Provisioner(Provisioning told, List<String> moreRoots) {
    this.told = told;
    Set<String> all = new java.util.LinkedHashSet<>(told.roots());
    moreRoots.stream().map(LocalPath::of).map(LocalPath::stored).forEach(all::add);
    this.roots = List.copyOf(all);
  }

  /**
   * The same as settings of the environment, which count over those of a file: so it can be proved
   * before anything is written.
   *
   * @param authorities a file with what was told of them; null when nothing was
   */
  public Map<String, String> asEnvironment(@Nullable Path authorities) {
    Map<String, String> env = new HashMap<>();
    env.put(Key.TENANT.env(), told.tenantId().toString());
    env.put(Key.PROJECT.env(), told.projectId().toString());
    env.put(Key.DEVICE_ID.env(), told.deviceId().toString());
    env.put(Key.CREDENTIAL.env(), told.credential());
    env.put(Key.BROKER_HOST.env(), told.broker().host());
    env.put(Key.BROKER_PORT.env(), Integer.toString(told.broker().port()));
    env.put(Key.BROKER_TLS.env(), Boolean.toString(told.broker().tls()));
    put(env, Key.BROKER_TOPIC_PREFIX, told.broker().topicPrefix());
    put(env, Key.API_URL, told.apiUrl());
    put(env, Key.CA_FILE, authorities == null ? null : LocalPath.stored(authorities));
    Provisioning.Receipt receipt = told.receipt();
    put(env, Key.RECEIPT_KEYS, receipt == null ? null : list(receipt.keys()));
    put(env, Key.RECEIPT_ISSUER, receipt == null ? null : receipt.issuer());
    put(env, Key.ROOTS, roots.isEmpty() ? null : list(roots));
    return env;
  }

  private static void put(Map<String, String> env, Key key, @Nullable String value) {
    if (value != null) {
      env.put(key.env(), value);
    }
  }

  private static String list(List<String> items) {
    return items.stream().map(ConfigText::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  /** The authorities that were told, in a file for as long as they are tried. */
  public @Nullable Path temporaryAuthorities() throws IOException {
    String pem = told.caPem();
    return pem == null ? null : Files.writeString(Files.createTempFile("waybill-ca-", ".pem"), pem);
  }

  /**
   * Writes it all; each file is the old one or the new one, whole.
   *
   * @param check looks at the new configuration before anything has its name, and throws
   */
  public void write(Places places, Consumer<Path> check) throws IOException {
    Path config = places.config();
    boolean again = Files.exists(config);
    String old = again ? Files.readString(config) : "";
    Optional<String> apiKey = again ? apiKey(config) : Optional.empty();
    Set<PosixFilePermission> rights = DurableFile.rightsOf(config, DurableFile.PUBLIC);
    List<Path> fresh = new ArrayList<>();
    try {
      Path secret =
          DurableFile.beside(places.credential(), told.credential() + "\n", DurableFile.SECRET);
      fresh.add(secret);
      Path authorities = DurableFile.beside(places.authorities(), pem(), DurableFile.PUBLIC);
      fresh.add(authorities);
      Places tried = places.with(secret, authorities);
      Path probe = DurableFile.beside(config, text(old, tried, apiKey), rights);
      fresh.add(probe);
      check.accept(probe);
      DurableFile.put(secret, places.credential());
      Credentials.dropNext(places.credential()); // with what was told, it has ended
      if (told.caPem() != null) {
        DurableFile.put(authorities, places.authorities());
      }
      DurableFile.put(DurableFile.beside(config, text(old, places, apiKey), rights), config);
    } finally {
      for (Path each : fresh) {
        Files.deleteIfExists(each);
      }
    }
  }

  private String pem() {
    String pem = told.caPem();
    return pem == null ? "" : pem.strip() + "\n";
  }

  private String text(String old, Places places, Optional<String> apiKey) {
    return ConfigText.replaced(old, ownKeys(places), block(places, apiKey));
  }

  /** A person's own, in the file as it is: no line tells one, so none takes it away. */
  private static Optional<String> apiKey(Path config) {
    return Settings.of(Map.of(Key.FILE, LocalPath.text(config)))
        .given(Key.API_KEY)
        .map(Given::text);
  }

  private Set<String> ownKeys(Places places) {
    Set<String> keys =
        new HashSet<>(Set.of("tenant", "project", "device", "broker", "api", "receipt", "ca_file"));
    if (!roots.isEmpty()) {
      keys.add("roots");
    }
    if (places.sayStateDirectory()) {
      keys.add("state_dir");
    }
    return keys;
  }

  private String block(Places places, Optional<String> apiKey) {
    StringBuilder block = new StringBuilder();
    line(block, "tenant", told.tenantId().toString());
    line(block, "project", told.projectId().toString());
    block.append("device:").append(told.deviceCode() == null ? "" : " # " + comment()).append('\n');
    line(block, "  id", told.deviceId().toString());
    line(block, "  credential_file", LocalPath.stored(places.credential()));
    block.append("broker:\n");
    line(block, "  host", told.broker().host());
    line(block, "  port", Integer.toString(told.broker().port()));
    line(block, "  tls", Boolean.toString(told.broker().tls()));
    line(block, "  topic_prefix", told.broker().topicPrefix());
    if (told.apiUrl() != null || apiKey.isPresent()) {
      block.append("api:\n");
      line(block, "  url", told.apiUrl());
      line(block, "  key", apiKey.orElse(null));
    }
    line(block, "ca_file", told.caPem() == null ? null : LocalPath.stored(places.authorities()));
    Provisioning.Receipt receipt = told.receipt();
    if (receipt != null) {
      block.append("receipt:\n  keys: ").append(list(receipt.keys())).append('\n');
      line(block, "  issuer", receipt.issuer());
    }
    if (!roots.isEmpty()) {
      block.append("roots: ").append(list(roots)).append('\n');
    }
    if (places.sayStateDirectory()) {
      line(block, "state_dir", LocalPath.stored(places.stateDirectory()));
    }
    return block.toString();
  }

  private String comment() {
    return String.valueOf(told.deviceCode()).replaceAll("[^A-Za-z0-9._-]", "_");
  }

  private static void line(StringBuilder block, String key, @Nullable String value) {
    if (value != null) {
      boolean plain = value.matches("[A-Za-z0-9/._-]+");
      block.append(key).append(": ").append(plain ? value : quoted(value)).append('\n');
    }
  }
}
