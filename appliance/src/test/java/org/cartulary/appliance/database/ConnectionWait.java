package org.cartulary.appliance.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/** A pool that waits for its server, as the product's does. */
final class ConnectionWait {
    private ConnectionWait() {}

    static DataSource await(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(2);
        config.setConnectionTimeout(30_000);
        config.setInitializationFailTimeout(30_000);
        return new HikariDataSource(config);
    }
}
