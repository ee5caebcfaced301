package io.waybill.server.wiring;

import io.waybill.postgres.Migrations;
import io.waybill.postgres.PostgresSettings;
import io.waybill.server.config.AuditSetting;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.DatabaseSetting;
import java.util.OptionalInt;

/** The database that is configured: how it is reached, and how it gets its schema. */
public final class ConfiguredDatabase {
  private ConfiguredDatabase() {}

  /** How the configured database is reached. */
  public static PostgresSettings of(Configuration configuration) {
    PostgresSettings settings =
        PostgresSettings.at(
            Authorities.databaseUrl(configuration, DatabaseSetting.URL),
            configuration.text(DatabaseSetting.USER),
            configuration.text(DatabaseSetting.PASSWORD));
    return configuration.text(DatabaseSetting.POOL_SIZE).isEmpty()
        ? settings
        : settings.withPoolSize(configuration.number(DatabaseSetting.POOL_SIZE, 1, 1000));
  }

  /** How one hears of what was committed: not through a pooler. */
  static PostgresSettings forListening(Configuration configuration) {
    PostgresSettings settings = of(configuration);
    return configuration.text(DatabaseSetting.LISTEN_URL).isEmpty()
        ? settings
        : settings.withUrl(Authorities.databaseUrl(configuration, DatabaseSetting.LISTEN_URL));
  }

  /**
   * Brings the configured database to this version's schema, as its owner; how many steps that was.
   *
   * @param serviceRole whom the services connect as; empty when that is the owner
   */
  public static int migrate(Configuration configuration, String serviceRole) {
    int days = configuration.number(DatabaseSetting.EVENT_RETENTION_DAYS, 0, 36_500);
    int auditDays = configuration.number(AuditSetting.RETENTION_DAYS, 0, 36_500);
    int applied = Migrations.run(of(configuration), serviceRole);
    Migrations.keepEvents(of(configuration), days);
    Migrations.keepAudit(of(configuration), auditDays);
    return applied;
  }

  /** How far a later version has brought the schema; empty where none has. */
  public static OptionalInt laterSchema(Configuration configuration) {
    return Migrations.later(of(configuration));
  }
}
