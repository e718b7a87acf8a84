import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ClientManager } from './client-manager.entity.js';
import { Client } from './client.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([Client, ClientManager])],
})
export class ClientsModule {}
