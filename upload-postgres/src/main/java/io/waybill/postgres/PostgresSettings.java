package io.waybill.postgres;

import java.time.Duration;

/**
 * How to reach the database, and how much of it to use.
 *
 * @param url {@code jdbc:postgresql://host:port/database}
 * @param poolSize connections of this process: the bound on its work in the database
 * @param connectionWait how long work waits for a free connection before it is an outage
 * @param answerWait how long a statement may take before it is an outage
 */
public record PostgresSettings(
    String url,
    String user,
    String password,
    int poolSize,
    Duration connectionWait,
    Duration answerWait) {

  public PostgresSettings {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("the database URL must begin with jdbc:postgresql:");
    }
    if (poolSize < 1 || poolSize > 1000) {
      throw new IllegalArgumentException("the pool must have 1 to 1000 connections");
    }
    if (connectionWait.toMillis() < 250 || answerWait.toMillis() < 1000) {
      throw new IllegalArgumentException(
          "wait at least 250 ms for a connection and 1 s for an answer");
    }
  }

  /** The defaults for everything but the place: a pool of cores × 2 + 1. */
  public static PostgresSettings at(String url, String user, String password) {
    return new PostgresSettings(
        url,
        user,
        password,
        Runtime.getRuntime().availableProcessors() * 2 + 1,
        Duration.ofSeconds(5),
        Duration.ofSeconds(20));
  }

  public PostgresSettings withPoolSize(int connections) {
    return new PostgresSettings(url, user, password, connections, connectionWait, answerWait);
  }

  public PostgresSettings withConnectionWait(Duration wait) {
    return new PostgresSettings(url, user, password, poolSize, wait, answerWait);
  }

  @Override
  public String toString() {
    return "PostgresSettings[" + user + ", pool of " + poolSize + "]";
  }
}
