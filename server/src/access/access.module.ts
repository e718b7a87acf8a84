import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Acknowledgement } from './acknowledgement.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([Acknowledgement])],
})
export class AccessModule {}
