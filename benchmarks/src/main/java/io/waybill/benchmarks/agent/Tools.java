package io.waybill.benchmarks.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Other programs that upload, told to do as the agent does. */
record Tools(Path folder, String storeUrl) {

  private static final String AWS_CONFIG =
      """
      [default]
      s3 =
        max_concurrent_requests = 4
        multipart_chunksize = 16MB
        multipart_threshold = 16MB
        addressing_style = path
      """;

  Map<String, String> environment() throws IOException {
    Path aws = Files.writeString(folder.resolve("aws"), AWS_CONFIG);
    return Map.of(
        "AWS_CA_BUNDLE",
        "",
        "AWS_CONFIG_FILE",
        aws.toString(),
        "AWS_ACCESS_KEY_ID",
        "benchmark",
        "AWS_SECRET_ACCESS_KEY",
        "benchmark",
        "AWS_DEFAULT_REGION",
        "us-east-1");
  }

  List<String> command(String name, Path file) {
    return switch (name) {
      case "aws" -> aws(file);
      case "rclone" -> rclone(file);
      default -> throw new IllegalArgumentException("no tool named " + name + ": aws or rclone");
    };
  }

  private List<String> aws(Path file) {
    return List.of(
        "/usr/bin/aws",
        "--endpoint-url",
        storeUrl,
        "s3",
        "cp",
        "--quiet",
        file.toString(),
        "s3://robot-data/aws.bin");
  }

  private List<String> rclone(Path file) {
    return List.of(
        "rclone",
        "copyto",
        file.toString(),
        ":s3:robot-data/rclone-" + UUID.randomUUID(),
        "--config=/dev/null",
        "--s3-provider=Other",
        "--s3-env-auth",
        "--s3-endpoint=" + storeUrl,
        "--s3-chunk-size=16M",
        "--s3-upload-concurrency=4",
        "--s3-no-check-bucket");
  }
}
